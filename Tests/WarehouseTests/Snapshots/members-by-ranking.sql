-- ? measure orders | by channel | where city among top(2, sales) | during month(-1)
WITH
  -- Sum lines.quantity * lines.price by city from 2026-10-01 to 2026-10-31.
  lines_by_city_all AS (
    SELECT stores.city, sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01'
    GROUP BY 1
  ),
  -- The top 2 of city by sales from 2026-10-01 to 2026-10-31.
  top_2_city AS (
    SELECT city
    FROM lines_by_city_all
    WHERE sales IS NOT NULL AND city IS NOT NULL
    ORDER BY sales DESC, city NULLS LAST
    LIMIT 2
  ),
  -- Count orders by channel from 2026-10-01 to 2026-10-31.
  orders_by_channel AS (
    SELECT orders.channel, count(*) AS orders
    FROM orders
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01' AND stores.city IN (SELECT city FROM top_2_city)
    GROUP BY 1
  )
-- Show orders by channel.
SELECT channel, orders
FROM orders_by_channel
ORDER BY orders DESC, channel NULLS LAST
