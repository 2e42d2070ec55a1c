-- ? measure sales | by city | during month(-1) | compare previous | top 2 by growth(sales)
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
  -- Sum lines.quantity * lines.price by city from 2026-09-01 to 2026-09-30.
  lines_by_city_before AS (
    SELECT stores.city, sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-09-01' AND orders.ordered_at < '2026-10-01'
    GROUP BY 1
  ),
  -- All groups that any source has.
  all_groups AS (
    SELECT city FROM lines_by_city
    UNION
    SELECT city FROM lines_by_city_before
  ),
  -- Put the answer and its base from 2026-09-01 to 2026-09-30 side by side.
  side_by_side AS (
    SELECT
      all_groups.city,
      coalesce(lines_by_city.sales, 0) AS sales,
      coalesce(lines_by_city_before.sales, 0) AS sales_base
    FROM all_groups
    LEFT JOIN lines_by_city ON lines_by_city.city IS all_groups.city
    LEFT JOIN lines_by_city_before ON lines_by_city_before.city IS all_groups.city
  )
-- Show sales by city, top 2.
SELECT
  city,
  sales,
  sales_base,
  sales - sales_base AS sales_change,
  1.0 * (sales - sales_base) / nullif(sales_base, 0) AS sales_growth
FROM side_by_side
WHERE city IS NOT NULL AND 1.0 * (sales - sales_base) / nullif(sales_base, 0) IS NOT NULL
ORDER BY (1.0 * (sales - sales_base) / nullif(sales_base, 0)) DESC, city NULLS LAST
LIMIT 2
