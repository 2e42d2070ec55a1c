-- ? measure sales | by city | during month(-1) | top 80 share
WITH
  -- Sum lines.quantity * lines.price by city from 2026-10-01 to 2026-10-31.
  lines_by_city AS (
    SELECT stores.city, sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01'
    GROUP BY 1
  ),
  -- Sum lines.quantity * lines.price from 2026-10-01 to 2026-10-31.
  lines_total_whole AS (
    SELECT sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01'
  ),
  -- Put the answer and the whole side by side.
  side_by_side AS (
    SELECT lines_by_city.city, lines_by_city.sales, lines_total_whole.sales AS sales_whole
    FROM lines_by_city
    CROSS JOIN lines_total_whole
  ),
  -- Add up from the highest value down.
  added_up AS (
    SELECT city, sales, sales_whole, sum(sales) OVER (ORDER BY sales DESC, city NULLS LAST) AS so_far
    FROM side_by_side
    WHERE sales IS NOT NULL
  )
-- Show sales by city, top 80.
SELECT
  city,
  sales,
  1.0 * sales / nullif(sales_whole, 0) AS sales_share,
  1.0 * so_far / nullif(sales_whole, 0) AS sales_running_share,
  sales_whole
FROM added_up
WHERE (so_far - sales) * 100 < sales_whole * 80
ORDER BY so_far, city NULLS LAST
