-- ? measure sales | by region, city | during month(-1) | top 1 in region
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
  -- Number the groups within region.
  ranked AS (
    SELECT
      region,
      city,
      sales,
      row_number() OVER (PARTITION BY region ORDER BY sales DESC, region NULLS LAST, city NULLS LAST) AS place
    FROM lines_by_region_city
    WHERE city IS NOT NULL AND sales IS NOT NULL
  )
-- Show sales by region, city, top 1 within region.
SELECT region, city, sales
FROM ranked
WHERE place <= 1
ORDER BY
  CASE WHEN region IS NULL THEN NULL WHEN region = '华东' THEN 0 WHEN region = '华北' THEN 1 ELSE 2 END NULLS LAST,
  region NULLS LAST,
  place
