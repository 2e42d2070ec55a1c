-- ? measure conversion | by city | during month(-1)
WITH
  -- Count distinct orders.buyer by city from 2026-10-01 to 2026-10-31.
  orders_by_city AS (
    SELECT stores.city, count(DISTINCT orders.buyer) AS buyers
    FROM orders
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01'
    GROUP BY 1
  ),
  -- Count distinct visits.visitor by city from 2026-10-01 to 2026-10-31.
  visits_by_city AS (
    SELECT stores.city, count(DISTINCT visits.visitor) AS visitors
    FROM visits
    LEFT JOIN stores ON stores.store_id = visits.store_id
    WHERE visits.visited_on >= '2026-10-01' AND visits.visited_on < '2026-11-01'
    GROUP BY 1
  ),
  -- All groups that any source has.
  all_groups AS (
    SELECT city FROM orders_by_city
    UNION
    SELECT city FROM visits_by_city
  ),
  -- Put side by side and compute conversion, buyers, visitors by city.
  values_by_city AS (
    SELECT
      all_groups.city,
      1.0 * coalesce(orders_by_city.buyers, 0) / nullif(coalesce(visits_by_city.visitors, 0), 0) AS conversion,
      coalesce(orders_by_city.buyers, 0) AS buyers,
      coalesce(visits_by_city.visitors, 0) AS visitors
    FROM all_groups
    LEFT JOIN orders_by_city ON orders_by_city.city IS all_groups.city
    LEFT JOIN visits_by_city ON visits_by_city.city IS all_groups.city
  )
-- Show conversion by city.
SELECT city, conversion, buyers, visitors
FROM values_by_city
ORDER BY conversion DESC, city NULLS LAST
