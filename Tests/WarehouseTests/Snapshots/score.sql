-- ? measure index | by region | during month(-1)
WITH
  -- Sum lines.quantity * lines.price by region from 2026-10-01 to 2026-10-31.
  lines_by_region AS (
    SELECT stores.region, sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01'
    GROUP BY 1
  ),
  -- Count orders by region from 2026-10-01 to 2026-10-31.
  orders_by_region AS (
    SELECT stores.region, count(*) AS orders
    FROM orders
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01'
    GROUP BY 1
  ),
  -- All groups that any source has.
  all_groups AS (
    SELECT region FROM lines_by_region
    UNION
    SELECT region FROM orders_by_region
  ),
  -- Put side by side and compute index, sales, orders by region.
  values_by_region AS (
    SELECT
      all_groups.region,
      6 * coalesce(lines_by_region.sales, 0) + 4 * coalesce(orders_by_region.orders, 0) * 100 AS "index",
      coalesce(lines_by_region.sales, 0) AS sales,
      coalesce(orders_by_region.orders, 0) AS orders
    FROM all_groups
    LEFT JOIN lines_by_region ON lines_by_region.region IS all_groups.region
    LEFT JOIN orders_by_region ON orders_by_region.region IS all_groups.region
  )
-- Show index by region.
SELECT region, "index", sales, orders
FROM values_by_region
ORDER BY
  CASE WHEN region IS NULL THEN NULL WHEN region = '华东' THEN 0 WHEN region = '华北' THEN 1 ELSE 2 END NULLS LAST,
  region NULLS LAST
