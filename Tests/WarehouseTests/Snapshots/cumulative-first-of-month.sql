-- ? measure sales_7d_first | by month | during range(2026-10-01, 2026-10-05)
WITH
  -- Each day with the days its window looks at.
  windows(month, day, first_day, past_day) AS (
    VALUES ('2026-10', '2026-10-01', '2026-09-25', '2026-10-02'), ('2026-10', '2026-10-02', '2026-09-26', '2026-10-03'), ('2026-10', '2026-10-03', '2026-09-27', '2026-10-04'), ('2026-10', '2026-10-04', '2026-09-28', '2026-10-05'), ('2026-10', '2026-10-05', '2026-09-29', '2026-10-06')
  ),
  -- Sum lines.quantity * lines.price by month, day from 2026-10-01 to 2026-10-05, rolling 7 days.
  lines_by_month_day AS (
    SELECT windows.month, windows.day, sum(lines.quantity * lines.price) AS sales_7d_first
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    JOIN windows ON orders.ordered_at >= windows.first_day AND orders.ordered_at < windows.past_day
    GROUP BY 1, 2
  ),
  -- The first day that has a value by month.
  first_days AS (
    SELECT month, min(day) AS first_day
    FROM lines_by_month_day
    GROUP BY 1
  ),
  -- Take sales 7d first of the first day by month.
  lines_by_month_of_days AS (
    SELECT lines_by_month_day.month, lines_by_month_day.sales_7d_first
    FROM lines_by_month_day
    JOIN first_days ON first_days.month IS lines_by_month_day.month AND first_days.first_day = lines_by_month_day.day
  )
-- Show sales_7d_first by month.
SELECT month, sales_7d_first
FROM lines_by_month_of_days
ORDER BY month NULLS LAST
