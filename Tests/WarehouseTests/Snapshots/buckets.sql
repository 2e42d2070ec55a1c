-- ? measure orders | by bucket(freight_amount, 5) | during month(-1)
WITH
  -- Count orders by freight amount range from 2026-10-01 to 2026-10-31.
  orders_by_freight_amount_range AS (
    SELECT freight - (freight % 500 + 500) % 500 AS freight_amount_range, count(*) AS orders
    FROM orders
    WHERE ordered_at >= '2026-10-01' AND ordered_at < '2026-11-01'
    GROUP BY 1
  )
-- Show orders by freight amount range.
SELECT freight_amount_range, orders
FROM orders_by_freight_amount_range
ORDER BY freight_amount_range NULLS LAST
