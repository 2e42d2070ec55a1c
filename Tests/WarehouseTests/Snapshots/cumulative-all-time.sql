-- ? measure sales_ever | by month | during 2026
WITH
  -- Each month with the days its window looks at.
  windows(month, first_day, past_day) AS (
    VALUES ('2026-01', '0001-01-01', '2026-02-01'), ('2026-02', '0001-01-01', '2026-03-01'), ('2026-03', '0001-01-01', '2026-04-01'), ('2026-04', '0001-01-01', '2026-05-01'), ('2026-05', '0001-01-01', '2026-06-01'), ('2026-06', '0001-01-01', '2026-07-01'), ('2026-07', '0001-01-01', '2026-08-01'), ('2026-08', '0001-01-01', '2026-09-01'), ('2026-09', '0001-01-01', '2026-10-01'), ('2026-10', '0001-01-01', '2026-11-01'), ('2026-11', '0001-01-01', '2026-11-10')
  ),
  -- Sum lines.quantity * lines.price by month from 2026-01-01 to 2026-12-31, all before too.
  lines_by_month AS (
    SELECT windows.month, sum(lines.quantity * lines.price) AS sales_ever
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    JOIN windows ON orders.ordered_at >= windows.first_day AND orders.ordered_at < windows.past_day
    GROUP BY 1
  )
-- Show sales_ever by month.
SELECT month, sales_ever
FROM lines_by_month
ORDER BY month NULLS LAST
