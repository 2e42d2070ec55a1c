-- ? measure conversion | during month(-1) | compare previous
WITH
  -- Count distinct orders.buyer from 2026-10-01 to 2026-10-31.
  orders_total AS (
    SELECT count(DISTINCT buyer) AS buyers
    FROM orders
    WHERE ordered_at >= '2026-10-01' AND ordered_at < '2026-11-01'
  ),
  -- Count distinct visits.visitor from 2026-10-01 to 2026-10-31.
  visits_total AS (
    SELECT count(DISTINCT visitor) AS visitors
    FROM visits
    WHERE visited_on >= '2026-10-01' AND visited_on < '2026-11-01'
  ),
  -- Put side by side and compute conversion, buyers, visitors.
  values_total AS (
    SELECT
      1.0 * coalesce(orders_total.buyers, 0) / nullif(coalesce(visits_total.visitors, 0), 0) AS conversion,
      coalesce(orders_total.buyers, 0) AS buyers,
      coalesce(visits_total.visitors, 0) AS visitors
    FROM orders_total
    CROSS JOIN visits_total
  ),
  -- Count distinct orders.buyer from 2026-09-01 to 2026-09-30.
  orders_total_before AS (
    SELECT count(DISTINCT buyer) AS distinct_buyer
    FROM orders
    WHERE ordered_at >= '2026-09-01' AND ordered_at < '2026-10-01'
  ),
  -- Count distinct visits.visitor from 2026-09-01 to 2026-09-30.
  visits_total_before AS (
    SELECT count(DISTINCT visitor) AS distinct_visitor
    FROM visits
    WHERE visited_on >= '2026-09-01' AND visited_on < '2026-10-01'
  ),
  -- Put side by side and compute conversion.
  values_total_before AS (
    SELECT 1.0 * coalesce(orders_total_before.distinct_buyer, 0) / nullif(coalesce(visits_total_before.distinct_visitor, 0), 0) AS conversion
    FROM orders_total_before
    CROSS JOIN visits_total_before
  ),
  -- Put the answer and its base from 2026-09-01 to 2026-09-30 side by side.
  side_by_side AS (
    SELECT
      values_total.conversion,
      values_total_before.conversion AS conversion_base,
      values_total.buyers,
      values_total.visitors
    FROM values_total
    CROSS JOIN values_total_before
  )
-- Show conversion.
SELECT
  conversion,
  conversion_base,
  conversion - conversion_base AS conversion_change,
  1.0 * (conversion - conversion_base) / nullif(conversion_base, 0) AS conversion_growth,
  buyers,
  visitors
FROM side_by_side
