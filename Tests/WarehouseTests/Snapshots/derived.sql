-- ? measure net | by month | during 2026
WITH
  -- Sum lines.quantity * lines.price by month from 2026-01-01 to 2026-12-31.
  lines_by_month AS (
    SELECT substr(orders.ordered_at, 1, 7) AS month, sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    WHERE orders.ordered_at >= '2026-01-01' AND orders.ordered_at < '2027-01-01'
    GROUP BY 1
  ),
  -- Sum orders.freight by month from 2026-01-01 to 2026-12-31.
  orders_by_month AS (
    SELECT substr(ordered_at, 1, 7) AS month, sum(freight) AS freight
    FROM orders
    WHERE ordered_at >= '2026-01-01' AND ordered_at < '2027-01-01'
    GROUP BY 1
  ),
  -- All groups that any source has.
  all_groups AS (
    SELECT month FROM lines_by_month
    UNION
    SELECT month FROM orders_by_month
  ),
  -- Put side by side and compute net, sales, freight by month.
  values_by_month AS (
    SELECT
      all_groups.month,
      coalesce(lines_by_month.sales, 0) - coalesce(orders_by_month.freight, 0) AS net,
      coalesce(lines_by_month.sales, 0) AS sales,
      coalesce(orders_by_month.freight, 0) AS freight
    FROM all_groups
    LEFT JOIN lines_by_month ON lines_by_month.month IS all_groups.month
    LEFT JOIN orders_by_month ON orders_by_month.month IS all_groups.month
  )
-- Show net by month.
SELECT month, net, sales, freight
FROM values_by_month
ORDER BY month NULLS LAST
