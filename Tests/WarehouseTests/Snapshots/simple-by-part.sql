-- ? measure orders | by weekday | during month(-1)
WITH
  -- Count orders by weekday from 2026-10-01 to 2026-10-31.
  orders_by_weekday AS (
    SELECT ((strftime('%w', ordered_at) + 6) % 7 + 1) AS weekday, count(*) AS orders
    FROM orders
    WHERE ordered_at >= '2026-10-01' AND ordered_at < '2026-11-01'
    GROUP BY 1
  )
-- Show orders by weekday.
SELECT weekday, orders
FROM orders_by_weekday
ORDER BY weekday NULLS LAST
