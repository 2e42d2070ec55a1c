-- ? measure inventory | by region | during month(-1)
WITH
  -- The last day of stock from 2026-10-01 to 2026-10-31.
  last_day_of_stock AS (
    SELECT max(substr(day, 1, 10)) AS snapshot
    FROM stock
    WHERE day >= '2026-10-01' AND day < '2026-11-01'
  ),
  -- Sum stock.quantity by region from 2026-10-01 to 2026-10-31, last over day.
  stock_by_region AS (
    SELECT stores.region, sum(stock.quantity) AS inventory
    FROM stock
    LEFT JOIN stores ON stores.store_id = stock.store_id
    JOIN last_day_of_stock ON substr(stock.day, 1, 10) = last_day_of_stock.snapshot
    WHERE stock.day >= '2026-10-01' AND stock.day < '2026-11-01'
    GROUP BY 1
  )
-- Show inventory by region.
SELECT region, inventory
FROM stock_by_region
ORDER BY
  CASE WHEN region IS NULL THEN NULL WHEN region = '华东' THEN 0 WHEN region = '华北' THEN 1 ELSE 2 END NULLS LAST,
  region NULLS LAST
