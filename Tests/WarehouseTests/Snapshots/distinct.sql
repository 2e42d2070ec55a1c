-- ? measure buyers | by city | during month(-1)
WITH
  -- Count distinct orders.buyer by city from 2026-10-01 to 2026-10-31.
  orders_by_city AS (
    SELECT stores.city, count(DISTINCT orders.buyer) AS buyers
    FROM orders
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01'
    GROUP BY 1
  )
-- Show buyers by city.
SELECT city, buyers
FROM orders_by_city
ORDER BY buyers DESC, city NULLS LAST
