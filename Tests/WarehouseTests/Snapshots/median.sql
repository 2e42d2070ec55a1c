-- ? measure median_price | by product | during month(-1)
WITH
  -- Take the median of lines.price by product from 2026-10-01 to 2026-10-31.
  lines_by_product AS (
    SELECT products.name AS product, wenshu_median(lines.price) / 100.0 AS median_price
    FROM lines
    LEFT JOIN orders ON orders.order_id = lines.order_id
    LEFT JOIN products ON products.product_id = lines.product_id
    WHERE orders.ordered_at >= '2026-10-01' AND orders.ordered_at < '2026-11-01'
    GROUP BY 1
  )
-- Show median_price by product.
SELECT product, median_price
FROM lines_by_product
ORDER BY median_price DESC, product NULLS LAST
