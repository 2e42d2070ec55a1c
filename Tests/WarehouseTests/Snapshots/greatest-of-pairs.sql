-- ? measure max(sales per city day) | during month(-1)
WITH RECURSIVE
  -- Sum lines.quantity * lines.price by city, day from 2026-10-01 to 2026-10-31.
  lines_by_city_day AS (
    SELECT stores.city, substr(orders.ordered_at, 1, 10) AS day, sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    LEFT JOIN stores ON stores.store_id = orders.store_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01'
    GROUP BY 1, 2
  ),
  -- Who has rows by city.
  members_by_city AS (
    SELECT city
    FROM lines_by_city_day
    WHERE day IS NOT NULL
    GROUP BY 1
  ),
  -- Every day from 2026-10-01 to 2026-10-31.
  every_day(day) AS (
    VALUES ('2026-10-01')
    UNION ALL
    SELECT date(day, '+1 day') FROM every_day WHERE day < '2026-10-31'
  ),
  -- Each day that counts.
  units_of_day AS (
    SELECT substr(day, 1, 10) AS day
    FROM every_day
    GROUP BY 1
  ),
  -- All units of time of each.
  all_units_by_city AS (
    SELECT members_by_city.city, units_of_day.day
    FROM members_by_city
    CROSS JOIN units_of_day
  ),
  -- Take the max of sales over city day; a unit of time without rows is zero.
  max_per_city_day_total AS (
    SELECT
      max(coalesce(lines_by_city_day.sales, 0) / 100.0) AS max_sales_per_city_day,
      count(*) AS max_sales_per_city_day_units,
      count(*) - count(lines_by_city_day.sales) AS max_sales_per_city_day_empty
    FROM all_units_by_city
    LEFT JOIN lines_by_city_day ON lines_by_city_day.city IS all_units_by_city.city AND lines_by_city_day.day IS all_units_by_city.day
  )
-- Show sales.
SELECT max_sales_per_city_day, max_sales_per_city_day_units, max_sales_per_city_day_empty
FROM max_per_city_day_total
