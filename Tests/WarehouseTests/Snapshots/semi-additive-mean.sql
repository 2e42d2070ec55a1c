-- ? measure mean_inventory | by region | during month(-1)
WITH
  -- Sum stock.quantity by region from 2026-10-01 to 2026-10-31, average over day.
  stock_by_region_each_day AS (
    SELECT stores.region, substr(stock.day, 1, 10) AS each_day, sum(stock.quantity) AS mean_inventory
    FROM stock
    LEFT JOIN stores ON stores.store_id = stock.store_id
    WHERE stock.day >= '2026-10-01' AND stock.day < '2026-11-01' AND stock.day IS NOT NULL
    GROUP BY 1, 2
  ),
  -- Average over each day by region.
  stock_by_region_each_day_averaged AS (
    SELECT region, avg(mean_inventory) AS mean_inventory
    FROM stock_by_region_each_day
    GROUP BY 1
  )
-- Show mean_inventory by region.
SELECT region, mean_inventory
FROM stock_by_region_each_day_averaged
ORDER BY
  CASE WHEN region IS NULL THEN NULL WHEN region = '华东' THEN 0 WHEN region = '华北' THEN 1 ELSE 2 END NULLS LAST,
  region NULLS LAST
