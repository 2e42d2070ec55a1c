-- ? measure sales | by channel | where city from(measure orders, having orders > 1) | during month(-1)
WITH
  -- Count orders by city from 2026-10-01 to 2026-10-31.
  orders_by_city AS (
    SELECT stores.city, count(*) AS orders
    FROM orders
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01'
    GROUP BY 1
  ),
  -- Show orders by city, where the thresholds hold.
  answer AS (
    SELECT city, orders
    FROM orders_by_city
    WHERE orders > 1
    ORDER BY orders DESC, city NULLS LAST
  ),
  -- Sum lines.quantity * lines.price by channel from 2026-10-01 to 2026-10-31.
  lines_by_channel AS (
    SELECT orders.channel, sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01' AND stores.city IN (SELECT city FROM answer)
    GROUP BY 1
  )
-- Show sales by channel.
SELECT channel, sales
FROM lines_by_channel
ORDER BY sales DESC, channel NULLS LAST
