-- ? measure sales | by region | during month(-1) | compare yoy
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
  -- Sum lines.quantity * lines.price by region from 2025-10-01 to 2025-10-31.
  lines_by_region_before AS (
    SELECT stores.region, sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2025-10-01' AND orders.ordered_at < '2025-11-01'
    GROUP BY 1
  ),
  -- All groups that any source has.
  all_groups AS (
    SELECT region FROM lines_by_region
    UNION
    SELECT region FROM lines_by_region_before
  ),
  -- Put the answer and its base from 2025-10-01 to 2025-10-31 side by side.
  side_by_side AS (
    SELECT
      all_groups.region,
      coalesce(lines_by_region.sales, 0) AS sales,
      coalesce(lines_by_region_before.sales, 0) AS sales_base
    FROM all_groups
    LEFT JOIN lines_by_region ON lines_by_region.region IS all_groups.region
    LEFT JOIN lines_by_region_before ON lines_by_region_before.region IS all_groups.region
  )
-- Show sales by region.
SELECT
  region,
  sales,
  sales_base,
  sales - sales_base AS sales_change,
  1.0 * (sales - sales_base) / nullif(sales_base, 0) AS sales_growth
FROM side_by_side
ORDER BY
  CASE WHEN region IS NULL THEN NULL WHEN region = '华东' THEN 0 WHEN region = '华北' THEN 1 ELSE 2 END NULLS LAST,
  region NULLS LAST
