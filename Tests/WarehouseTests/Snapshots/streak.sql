-- ? measure sales | by region | during 2026 | run 2 month sales > 1
WITH
  -- Sum lines.quantity * lines.price by region, month from 2026-01-01 to 2026-12-31.
  lines_by_region_month AS (
    SELECT stores.region, substr(orders.ordered_at, 1, 7) AS month, sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-01-01' AND orders.ordered_at < '2027-01-01'
    GROUP BY 1, 2
  ),
  -- Each month of the period that is over, numbered.
  units(month, place) AS (
    VALUES ('2026-01', 0), ('2026-02', 1), ('2026-03', 2), ('2026-04', 3), ('2026-05', 4), ('2026-06', 5), ('2026-07', 6), ('2026-08', 7), ('2026-09', 8), ('2026-10', 9)
  ),
  -- Keep each month in which the conditions hold, with its place in the period.
  held AS (
    SELECT lines_by_region_month.region, lines_by_region_month.month, units.place
    FROM lines_by_region_month
    JOIN units ON units.month IS lines_by_region_month.month
    WHERE lines_by_region_month.sales > 100 AND lines_by_region_month.region IS NOT NULL
  ),
  -- Those that follow on are equally far from their place among those kept.
  streaks AS (
    SELECT region, place - row_number() OVER (PARTITION BY region ORDER BY place) AS streak, month
    FROM held
  ),
  -- Where each run begins and ends.
  runs AS (
    SELECT region, streak, min(month) AS run_from, max(month) AS run_to, count(*) AS run_length
    FROM streaks
    GROUP BY 1, 2
  ),
  -- Number the runs of 2 months or more, the longest first.
  longest AS (
    SELECT
      region,
      run_from,
      run_to,
      run_length,
      row_number() OVER (PARTITION BY region ORDER BY run_length DESC, run_to DESC) AS pick
    FROM runs
    WHERE run_length >= 2
  )
-- Show the longest run by region.
SELECT region, run_from, run_to, run_length
FROM longest
WHERE pick = 1
ORDER BY run_length DESC, run_to DESC, region NULLS LAST
