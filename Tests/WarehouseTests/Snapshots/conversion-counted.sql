-- ? measure buys_after_visit | by region | during month(-1)
WITH
  -- Sum visits.visitor by region from 2026-10-01 to 2026-10-31.
  visits_by_region AS (
    SELECT
      stores.region,
      sum((SELECT count(*) FROM orders AS event WHERE event.buyer = visits.visitor AND event.ordered_at >= visits.visited_on AND event.ordered_at < date(visits.visited_on, '+8 days') AND (EXISTS (SELECT 1 FROM visits AS rival WHERE rival.visitor = event.buyer AND rival.visited_on <= event.ordered_at AND (rival.visited_on > visits.visited_on OR rival.visited_on = visits.visited_on AND rival.rowid < visits.rowid))) IS NOT TRUE)) FILTER (WHERE EXISTS (SELECT 1 FROM orders AS event WHERE event.buyer = visits.visitor AND event.ordered_at >= visits.visited_on AND event.ordered_at < date(visits.visited_on, '+8 days') AND (EXISTS (SELECT 1 FROM visits AS rival WHERE rival.visitor = event.buyer AND rival.visited_on <= event.ordered_at AND (rival.visited_on > visits.visited_on OR rival.visited_on = visits.visited_on AND rival.rowid < visits.rowid))) IS NOT TRUE)) AS buys_after_visit
    FROM visits
    LEFT JOIN stores ON stores.store_id = visits.store_id
    WHERE visits.visited_on >= '2026-10-01' AND visits.visited_on < '2026-11-01'
    GROUP BY 1
  )
-- Show buys_after_visit by region.
SELECT region, buys_after_visit
FROM visits_by_region
ORDER BY
  CASE WHEN region IS NULL THEN NULL WHEN region = '华东' THEN 0 WHEN region = '华北' THEN 1 ELSE 2 END NULLS LAST,
  region NULLS LAST
