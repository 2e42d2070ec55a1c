-- ? measure sales | by city | during month(-1) | share of region
WITH
  -- Sum lines.quantity * lines.price by region, city from 2026-10-01 to 2026-10-31.
  lines_by_region_city AS (
    SELECT stores.region, stores.city, sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01'
    GROUP BY 1, 2
  ),
  -- Sum lines.quantity * lines.price by region from 2026-10-01 to 2026-10-31.
  lines_by_region_whole AS (
    SELECT stores.region, sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01'
    GROUP BY 1
  ),
  -- Put the answer and the whole side by side.
  side_by_side AS (
    SELECT
      lines_by_region_city.region,
      lines_by_region_city.city,
      lines_by_region_city.sales,
      lines_by_region_whole.sales AS sales_whole
    FROM lines_by_region_city
    LEFT JOIN lines_by_region_whole ON lines_by_region_whole.region IS lines_by_region_city.region
  )
-- Show sales by region, city.
SELECT region, city, sales, 1.0 * sales / nullif(sales_whole, 0) AS sales_share, sales_whole
FROM side_by_side
ORDER BY
  CASE WHEN region IS NULL THEN NULL WHEN region = '华东' THEN 0 WHEN region = '华北' THEN 1 ELSE 2 END NULLS LAST,
  region NULLS LAST,
  city NULLS LAST
