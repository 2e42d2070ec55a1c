-- ? measure sales | where city = 上海 | during month(-1) | compare where city = 北京
WITH
  -- Sum lines.quantity * lines.price from 2026-10-01 to 2026-10-31.
  lines_total AS (
    SELECT sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01' AND stores.city = '上海'
  ),
  -- Sum lines.quantity * lines.price from 2026-10-01 to 2026-10-31.
  lines_total_other AS (
    SELECT sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01' AND stores.city = '北京'
  ),
  -- Put the answer and its base side by side.
  side_by_side AS (
    SELECT lines_total.sales, lines_total_other.sales AS sales_base
    FROM lines_total
    CROSS JOIN lines_total_other
  )
-- Show sales.
SELECT
  sales,
  sales_base,
  sales - sales_base AS sales_change,
  1.0 * (sales - sales_base) / nullif(sales_base, 0) AS sales_growth,
  1.0 * sales / nullif(sales_base, 0) AS sales_multiple
FROM side_by_side
