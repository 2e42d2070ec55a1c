-- ? measure app_rate | by region | during month(-1)
WITH
  -- Count orders, count orders by region from 2026-10-01 to 2026-10-31.
  orders_by_region AS (
    SELECT stores.region, count(*) FILTER (WHERE orders.channel = 'app') AS app_orders, count(*) AS orders
    FROM orders
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01'
    GROUP BY 1
  ),
  -- Compute app_rate, app_orders, orders by region.
  values_by_region AS (
    SELECT
      region,
      1.0 * coalesce(app_orders, 0) / nullif(orders, 0) AS app_rate,
      coalesce(app_orders, 0) AS app_orders,
      orders
    FROM orders_by_region
  )
-- Show app_rate by region.
SELECT region, app_rate, app_orders, orders
FROM values_by_region
ORDER BY
  CASE WHEN region IS NULL THEN NULL WHEN region = '华东' THEN 0 WHEN region = '华北' THEN 1 ELSE 2 END NULLS LAST,
  region NULLS LAST
