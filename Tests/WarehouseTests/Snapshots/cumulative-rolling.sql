-- ? measure sales_7d | by day | during range(2026-10-01, 2026-10-07)
WITH
  -- Each day with the days its window looks at.
  windows(day, first_day, past_day) AS (
    VALUES ('2026-10-01', '2026-09-25', '2026-10-02'), ('2026-10-02', '2026-09-26', '2026-10-03'), ('2026-10-03', '2026-09-27', '2026-10-04'), ('2026-10-04', '2026-09-28', '2026-10-05'), ('2026-10-05', '2026-09-29', '2026-10-06'), ('2026-10-06', '2026-09-30', '2026-10-07'), ('2026-10-07', '2026-10-01', '2026-10-08')
  ),
  -- Sum lines.quantity * lines.price by day from 2026-10-01 to 2026-10-07, rolling 7 days.
  lines_by_day AS (
    SELECT windows.day, sum(lines.quantity * lines.price) AS sales_7d
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    JOIN windows ON orders.ordered_at >= windows.first_day AND orders.ordered_at < windows.past_day
    GROUP BY 1
  )
-- Show sales_7d by day.
SELECT day, sales_7d
FROM lines_by_day
ORDER BY day NULLS LAST
