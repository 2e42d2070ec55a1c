-- ? measure orders | by region | during month(-1) | share where channel = app
WITH
  -- Count orders by region from 2026-10-01 to 2026-10-31.
  orders_by_region_part AS (
    SELECT stores.region, count(*) AS orders
    FROM orders
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01' AND orders.channel = 'app'
    GROUP BY 1
  ),
  -- Count orders by region from 2026-10-01 to 2026-10-31.
  orders_by_region_whole AS (
    SELECT stores.region, count(*) AS orders
    FROM orders
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01'
    GROUP BY 1
  ),
  -- All groups that any source has.
  all_groups AS (
    SELECT region FROM orders_by_region_part
    UNION
    SELECT region FROM orders_by_region_whole
  ),
  -- Put the answer and all rows of the group side by side.
  side_by_side AS (
    SELECT
      all_groups.region,
      coalesce(orders_by_region_part.orders, 0) AS orders,
      orders_by_region_whole.orders AS orders_whole
    FROM all_groups
    LEFT JOIN orders_by_region_part ON orders_by_region_part.region IS all_groups.region
    LEFT JOIN orders_by_region_whole ON orders_by_region_whole.region IS all_groups.region
  )
-- Show orders by region.
SELECT region, orders, 1.0 * orders / nullif(orders_whole, 0) AS orders_share, orders_whole
FROM side_by_side
ORDER BY
  CASE WHEN region IS NULL THEN NULL WHEN region = '华东' THEN 0 WHEN region = '华北' THEN 1 ELSE 2 END NULLS LAST,
  region NULLS LAST
