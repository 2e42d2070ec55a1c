-- ? measure sales | by city | during month(-1) | share
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
  )
-- Show sales by city.
SELECT city, sales, 1.0 * sales / nullif(sales_whole, 0) AS sales_share, sales_whole
FROM side_by_side
ORDER BY sales DESC, city NULLS LAST
