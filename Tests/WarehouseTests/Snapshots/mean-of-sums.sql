-- ? measure avg(sales per day) | by region | during month(-1)
WITH
  -- Sum lines.quantity * lines.price by region, day from 2026-10-01 to 2026-10-31.
  lines_by_region_day AS (
    SELECT stores.region, substr(orders.ordered_at, 1, 10) AS day, sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01'
    GROUP BY 1, 2
  ),
  -- Take the avg of sales over day by region; only groups with rows count.
  avg_per_day_by_region AS (
    SELECT region, avg(sales / 100.0) AS avg_sales_per_day
    FROM lines_by_region_day
    GROUP BY 1
  )
-- Show sales by region.
SELECT region, avg_sales_per_day
FROM avg_per_day_by_region
ORDER BY
  CASE WHEN region IS NULL THEN NULL WHEN region = '华东' THEN 0 WHEN region = '华北' THEN 1 ELSE 2 END NULLS LAST,
  region NULLS LAST
