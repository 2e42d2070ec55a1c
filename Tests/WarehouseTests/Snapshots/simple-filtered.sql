-- ? measure orders | by region | where channel = app, freight_amount >= 1 | during month(-1)
WITH
  -- Count orders by region from 2026-10-01 to 2026-10-31.
  orders_by_region AS (
    SELECT stores.region, count(*) AS orders
    FROM orders
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01' AND orders.channel = 'app' AND orders.freight >= 100
    GROUP BY 1
  )
-- Show orders by region.
SELECT region, orders
FROM orders_by_region
ORDER BY
  CASE WHEN region IS NULL THEN NULL WHEN region = '华东' THEN 0 WHEN region = '华北' THEN 1 ELSE 2 END NULLS LAST,
  region NULLS LAST
