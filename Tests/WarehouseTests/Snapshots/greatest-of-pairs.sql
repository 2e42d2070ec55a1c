-- ? measure max(sales per city day) | during month(-1)
WITH
  -- Sum lines.quantity * lines.price by city, day from 2026-10-01 to 2026-10-31.
  lines_by_city_day AS (
    SELECT stores.city, substr(orders.ordered_at, 1, 10) AS day, sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01'
    GROUP BY 1, 2
  ),
  -- Take the max of sales over city day; only groups with rows count.
  max_per_city_day_total AS (
    SELECT max(sales / 100.0) AS max_sales_per_city_day
    FROM lines_by_city_day
  )
-- Show sales.
SELECT max_sales_per_city_day
FROM max_per_city_day_total
