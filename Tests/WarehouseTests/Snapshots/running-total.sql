-- ? measure running(sales) | by month | during 2026
WITH
  -- Sum lines.quantity * lines.price by month from 2026-01-01 to 2026-12-31.
  lines_by_month AS (
    SELECT substr(orders.ordered_at, 1, 7) AS month, sum(lines.quantity * lines.price) AS running_sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    WHERE orders.ordered_at >= '2026-01-01' AND orders.ordered_at < '2027-01-01'
    GROUP BY 1
  ),
  -- Add up what lies before each unit of time.
  running AS (
    SELECT month, sum(running_sales) OVER (ORDER BY month NULLS LAST) AS running_sales
    FROM lines_by_month
  )
-- Show sales by month.
SELECT month, running_sales
FROM running
ORDER BY month NULLS LAST
