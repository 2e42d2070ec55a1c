-- ? list values city | where region = 华东
WITH
  -- List each city that meets the conditions.
  city_members AS (
    SELECT city
    FROM stores
    WHERE city IS NOT NULL AND region = '华东'
    GROUP BY 1
  )
-- List each city.
SELECT city
FROM city_members
ORDER BY city NULLS LAST
