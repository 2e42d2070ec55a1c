-- ? measure sales | during month(-1) | test sales >= 100
WITH
  -- Sum lines.quantity * lines.price from 2026-10-01 to 2026-10-31.
  lines_total AS (
    SELECT sum(lines.quantity * lines.price) AS sales
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01'
  )
-- Show sales.
SELECT sales, CASE WHEN sales IS NULL THEN NULL WHEN sales >= 10000 THEN 1 ELSE 0 END AS holds
FROM lines_total
