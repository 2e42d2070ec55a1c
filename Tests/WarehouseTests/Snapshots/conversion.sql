-- ? measure follow_rate | by region | during month(-1)
WITH
  -- Count distinct visits.visitor, count distinct visits.visitor by region from 2026-10-01 to 2026-10-31.
  visits_by_region AS (
    SELECT
      stores.region,
      count(DISTINCT visits.visitor) FILTER (WHERE EXISTS (SELECT 1 FROM orders AS later WHERE later.buyer = visits.visitor AND later.ordered_at >= visits.visited_on AND later.ordered_at < date(visits.visited_on, '+8 days'))) AS distinct_visitor,
      count(DISTINCT visits.visitor) AS distinct_visitor_2
    FROM visits
    LEFT JOIN stores ON stores.store_id = visits.store_id
    WHERE visits.visited_on >= '2026-10-01' AND visits.visited_on < '2026-11-01'
    GROUP BY 1
  ),
  -- Compute follow_rate by region.
  values_by_region AS (
    SELECT region, 1.0 * distinct_visitor / nullif(distinct_visitor_2, 0) AS follow_rate
    FROM visits_by_region
  )
-- Show follow_rate by region.
SELECT region, follow_rate
FROM values_by_region
ORDER BY
  CASE WHEN region IS NULL THEN NULL WHEN region = '华东' THEN 0 WHEN region = '华北' THEN 1 ELSE 2 END NULLS LAST,
  region NULLS LAST
