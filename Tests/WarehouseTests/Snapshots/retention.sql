-- ? measure return_rate | by month | during 2026
WITH
  -- Count distinct orders.buyer, count distinct orders.buyer by month from 2026-01-01 to 2026-12-31.
  orders_by_month AS (
    SELECT
      substr(ordered_at, 1, 7) AS month,
      count(DISTINCT buyer) FILTER (WHERE EXISTS (SELECT 1 FROM visits AS later WHERE later.visitor = orders.buyer AND later.visited_on >= substr(orders.ordered_at, 1, 10) AND later.visited_on < date(substr(orders.ordered_at, 1, 10), '+31 days'))) AS distinct_buyer,
      count(DISTINCT buyer) AS distinct_buyer_2
    FROM orders
    WHERE ordered_at >= '2026-01-01' AND ordered_at < '2027-01-01'
    GROUP BY 1
  ),
  -- Compute return_rate by month.
  values_by_month AS (
    SELECT month, 1.0 * distinct_buyer / nullif(distinct_buyer_2, 0) AS return_rate
    FROM orders_by_month
  )
-- Show return_rate by month.
SELECT month, return_rate
FROM values_by_month
ORDER BY month NULLS LAST
