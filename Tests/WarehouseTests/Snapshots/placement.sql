-- ? measure sales | by city | during month(-1) | place city = 上海
WITH
  -- Sum lines.quantity * lines.price by city from 2026-10-01 to 2026-10-31.
  lines_by_city AS (
    SELECT stores.city, sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01'
    GROUP BY 1
  ),
  -- Give each group its place, the highest first.
  placed AS (
    SELECT
      city,
      sales,
      rank() OVER (ORDER BY sales DESC) AS place,
      count(*) OVER () AS place_of,
      count(*) OVER (PARTITION BY sales) - 1 AS place_tied
    FROM lines_by_city
    WHERE sales IS NOT NULL AND city IS NOT NULL
  )
-- Show sales by city.
SELECT city, sales, place, place_of, place_tied
FROM placed
WHERE city IN ('上海')
ORDER BY sales DESC, city NULLS LAST
