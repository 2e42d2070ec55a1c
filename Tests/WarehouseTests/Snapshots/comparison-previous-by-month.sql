-- ? measure sales | by month | during 2026 | compare previous
WITH
  -- Sum lines.quantity * lines.price by month from 2026-01-01 to 2026-11-10.
  lines_by_month AS (
    SELECT substr(orders.ordered_at, 1, 7) AS month, sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    WHERE orders.ordered_at >= '2026-01-01' AND orders.ordered_at < '2026-11-11'
    GROUP BY 1
  ),
  -- Sum lines.quantity * lines.price by month from 2025-12-01 to 2026-10-10.
  lines_by_month_before AS (
    SELECT
      substr(date(orders.ordered_at, 'start of month', '+1 months'), 1, 7) AS month,
      sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    WHERE orders.ordered_at >= '2025-12-01' AND orders.ordered_at < '2026-10-11'
    GROUP BY 1
  ),
  -- All groups that any source has.
  all_groups AS (
    SELECT month FROM lines_by_month
    UNION
    SELECT month FROM lines_by_month_before
  ),
  -- Put the answer and its base from 2025-12-01 to 2026-10-10 side by side.
  side_by_side AS (
    SELECT all_groups.month, lines_by_month.sales, lines_by_month_before.sales AS sales_base
    FROM all_groups
    LEFT JOIN lines_by_month ON lines_by_month.month IS all_groups.month
    LEFT JOIN lines_by_month_before ON lines_by_month_before.month IS all_groups.month
  )
-- Show sales by month.
SELECT
  month,
  sales,
  sales_base,
  sales - sales_base AS sales_change,
  1.0 * (sales - sales_base) / nullif(sales_base, 0) AS sales_growth
FROM side_by_side
ORDER BY month NULLS LAST
