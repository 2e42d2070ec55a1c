-- ? measure inventory | by month | during 2026
WITH
  -- The last day of stock by month from 2026-01-01 to 2026-12-31.
  last_day_of_stock AS (
    SELECT substr(day, 1, 7) AS month, max(substr(day, 1, 10)) AS snapshot
    FROM stock
    WHERE day >= '2026-01-01' AND day < '2027-01-01'
    GROUP BY 1
  ),
  -- Sum stock.quantity by month from 2026-01-01 to 2026-12-31, last over day.
  stock_by_month AS (
    SELECT substr(stock.day, 1, 7) AS month, sum(stock.quantity) AS inventory
    FROM stock
    JOIN last_day_of_stock ON substr(stock.day, 1, 10) = last_day_of_stock.snapshot AND substr(stock.day, 1, 7) IS last_day_of_stock.month
    WHERE stock.day >= '2026-01-01' AND stock.day < '2027-01-01'
    GROUP BY 1
  )
-- Show inventory by month.
SELECT month, inventory
FROM stock_by_month
ORDER BY month NULLS LAST
