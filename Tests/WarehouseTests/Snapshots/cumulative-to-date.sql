-- ? measure sales_ytd | by month | during 2026
WITH
  -- Each month with the days its window looks at.
  windows(month, first_day, past_day) AS (
    VALUES ('2026-01', '2026-01-01', '2026-02-01'), ('2026-02', '2026-01-01', '2026-03-01'), ('2026-03', '2026-01-01', '2026-04-01'), ('2026-04', '2026-01-01', '2026-05-01'), ('2026-05', '2026-01-01', '2026-06-01'), ('2026-06', '2026-01-01', '2026-07-01'), ('2026-07', '2026-01-01', '2026-08-01'), ('2026-08', '2026-01-01', '2026-09-01'), ('2026-09', '2026-01-01', '2026-10-01'), ('2026-10', '2026-01-01', '2026-11-01'), ('2026-11', '2026-01-01', '2026-11-10')
  ),
  -- Sum lines.quantity * lines.price by month from 2026-01-01 to 2026-12-31, year to date.
  lines_by_month AS (
    SELECT windows.month, sum(lines.quantity * lines.price) AS sales_ytd
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    JOIN windows ON orders.ordered_at >= windows.first_day AND orders.ordered_at < windows.past_day
    GROUP BY 1
  )
-- Show sales_ytd by month.
SELECT month, sales_ytd
FROM lines_by_month
ORDER BY month NULLS LAST
