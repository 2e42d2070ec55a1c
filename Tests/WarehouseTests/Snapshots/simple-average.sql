-- ? measure mean_price | by product
WITH
  -- Average lines.price by product.
  lines_by_product AS (
    SELECT products.name AS product, avg(lines.price) / 100.0 AS mean_price
    FROM lines
    LEFT JOIN products ON products.product_id = lines.product_id
    GROUP BY 1
  )
-- Show mean_price by product.
SELECT product, mean_price
FROM lines_by_product
ORDER BY mean_price DESC, product NULLS LAST
