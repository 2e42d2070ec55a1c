-- ? measure sales_last_year | by month | during 2026
WITH
  -- Each month with the days its window looks at.
  windows(month, first_day, past_day) AS (
    VALUES ('2026-01', '2025-01-01', '2025-02-01'), ('2026-02', '2025-02-01', '2025-03-01'), ('2026-03', '2025-03-01', '2025-04-01'), ('2026-04', '2025-04-01', '2025-05-01'), ('2026-05', '2025-05-01', '2025-06-01'), ('2026-06', '2025-06-01', '2025-07-01'), ('2026-07', '2025-07-01', '2025-08-01'), ('2026-08', '2025-08-01', '2025-09-01'), ('2026-09', '2025-09-01', '2025-10-01'), ('2026-10', '2025-10-01', '2025-11-01'), ('2026-11', '2025-11-01', '2025-11-10')
  ),
  -- Sum lines.quantity * lines.price by month from 2026-01-01 to 2026-12-31, shifted by 1 year.
  lines_by_month AS (
    SELECT windows.month, sum(lines.quantity * lines.price) AS sales_last_year
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    JOIN windows ON orders.ordered_at >= windows.first_day AND orders.ordered_at < windows.past_day
    GROUP BY 1
  )
-- Show sales_last_year by month.
SELECT month, sales_last_year
FROM lines_by_month
ORDER BY month NULLS LAST
