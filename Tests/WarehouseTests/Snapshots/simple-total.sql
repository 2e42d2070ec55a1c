-- ? measure sales, orders | during month(-1)
WITH
  -- Sum lines.quantity * lines.price from 2026-10-01 to 2026-10-31.
  lines_total AS (
    SELECT sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01'
  ),
  -- Count orders from 2026-10-01 to 2026-10-31.
  orders_total AS (
    SELECT count(*) AS orders
    FROM orders
    WHERE ordered_at >= '2026-10-01' AND ordered_at < '2026-11-01'
  ),
  -- Put side by side and compute sales, orders.
  values_total AS (
    SELECT coalesce(lines_total.sales, 0) AS sales, coalesce(orders_total.orders, 0) AS orders
    FROM lines_total
    CROSS JOIN orders_total
  )
-- Show sales, orders.
SELECT sales, orders
FROM values_total
