-- ? measure avg(sales per day) | by region | during month(-1)
WITH RECURSIVE
  -- Sum lines.quantity * lines.price by region, day from 2026-10-01 to 2026-10-31.
  lines_by_region_day AS (
    SELECT stores.region, substr(orders.ordered_at, 1, 10) AS day, sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01'
    GROUP BY 1, 2
  ),
  -- Every day from 2026-10-01 to 2026-10-31.
  every_day(day) AS (
    VALUES ('2026-10-01')
    UNION ALL
    SELECT date(day, '+1 day') FROM every_day WHERE day < '2026-10-31'
  ),
  -- Each day that counts.
  units_of_day AS (
    SELECT substr(day, 1, 10) AS day
    FROM every_day
    GROUP BY 1
  ),
  -- How many of them there are.
  number_of_units AS (
    SELECT count(*) AS units
    FROM units_of_day
  ),
  -- Take the avg of sales over day by region; a unit of time without rows is zero.
  avg_per_day_by_region AS (
    SELECT
      lines_by_region_day.region,
      1.0 * sum(lines_by_region_day.sales) / nullif(max(number_of_units.units) * 100, 0) AS avg_sales_per_day,
      max(number_of_units.units) AS avg_sales_per_day_units,
      max(number_of_units.units) - count(lines_by_region_day.sales) AS avg_sales_per_day_empty
    FROM lines_by_region_day
    CROSS JOIN number_of_units
    WHERE lines_by_region_day.day IS NOT NULL
    GROUP BY 1
  )
-- Show sales by region.
SELECT region, avg_sales_per_day, avg_sales_per_day_units, avg_sales_per_day_empty
FROM avg_per_day_by_region
ORDER BY
  CASE WHEN region IS NULL THEN NULL WHEN region = '华东' THEN 0 WHEN region = '华北' THEN 1 ELSE 2 END NULLS LAST,
  region NULLS LAST
