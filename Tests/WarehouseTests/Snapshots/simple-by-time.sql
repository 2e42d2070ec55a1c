-- ? measure sales | by month, region | during 2026
WITH
  -- Sum lines.quantity * lines.price by month, region from 2026-01-01 to 2026-12-31.
  lines_by_month_region AS (
    SELECT substr(orders.ordered_at, 1, 7) AS month, stores.region, sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-01-01' AND orders.ordered_at < '2027-01-01'
    GROUP BY 1, 2
  )
-- Show sales by month, region.
SELECT month, region, sales
FROM lines_by_month_region
ORDER BY
  month NULLS LAST,
  CASE WHEN region IS NULL THEN NULL WHEN region = '华东' THEN 0 WHEN region = '华北' THEN 1 ELSE 2 END NULLS LAST,
  region NULLS LAST
