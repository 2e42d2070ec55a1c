-- ? list values channel | by city
WITH
  -- List each channel and city that meets the conditions.
  channel_members AS (
    SELECT orders.channel, stores.city
    FROM orders
    LEFT JOIN stores ON stores.store_id = orders.store_id
    GROUP BY 1, 2
  ),
  -- List each channel and city that meets the conditions.
  channel_members_2 AS (
    SELECT NULL AS channel, city
    FROM stores
    WHERE (EXISTS (SELECT 1 FROM orders AS pointing WHERE pointing.store_id = stores.store_id)) IS NOT TRUE
    GROUP BY 1, 2
  ),
  -- All of them, also those that stand alone.
  all_members AS (
    SELECT channel, city FROM channel_members
    UNION
    SELECT channel, city FROM channel_members_2
  )
-- List each channel.
SELECT channel, city
FROM all_members
ORDER BY channel NULLS LAST, city NULLS LAST
