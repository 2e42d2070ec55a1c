-- ? list values freight_amount | ends
WITH
  -- List each freight amount that meets the conditions.
  freight_amount_members AS (
    SELECT freight AS freight_amount
    FROM orders
    WHERE freight IS NOT NULL
    GROUP BY 1
  ),
  -- List each freight amount.
  answer AS (
    SELECT freight_amount
    FROM freight_amount_members
    ORDER BY freight_amount NULLS LAST
  )
-- Take the least and the greatest.
SELECT min(freight_amount) AS least, max(freight_amount) AS greatest
FROM answer
