-- The tables of retail with types of their own, filled from the same CSV files; {data} is their folder.
CREATE TABLE regions (region_id INTEGER, region VARCHAR);
CREATE TABLE stores (store_id INTEGER, store VARCHAR, city VARCHAR, province VARCHAR, region_id INTEGER, format VARCHAR, opened_on DATE, closed_on DATE);
CREATE TABLE categories (category_id INTEGER, category VARCHAR);
CREATE TABLE products (product_id INTEGER, product VARCHAR, subcategory VARCHAR, category_id INTEGER, brand VARCHAR, cost DECIMAL(12, 2), list_price DECIMAL(12, 2));
CREATE TABLE channels (channel_id INTEGER, channel VARCHAR, channel_type VARCHAR);
CREATE TABLE members (member_id INTEGER, level VARCHAR, joined_on DATE, gender VARCHAR, age_band VARCHAR, home_city VARCHAR);
CREATE TABLE orders (order_id INTEGER, buyer_id INTEGER, member_id INTEGER, store_id INTEGER, channel_id INTEGER, ordered_at TIMESTAMP, status VARCHAR, freight DECIMAL(12, 2), discount DECIMAL(12, 2), amount DECIMAL(12, 2));
CREATE TABLE order_lines (order_id INTEGER, line_no INTEGER, product_id INTEGER, quantity INTEGER, unit_price DECIMAL(12, 2), amount DECIMAL(12, 2), cost DECIMAL(12, 2));
CREATE TABLE visits (visited_on DATE, store_id INTEGER, channel_id INTEGER, visitors INTEGER, new_visitors INTEGER, page_views INTEGER);
CREATE TABLE refunds (refund_id INTEGER, order_id INTEGER, product_id INTEGER, refunded_on DATE, amount DECIMAL(12, 2), reason VARCHAR);
CREATE TABLE stock (counted_on DATE, store_id INTEGER, category_id INTEGER, quantity INTEGER, value DECIMAL(12, 2));
CREATE TABLE targets (month DATE, region_id INTEGER, sales_target DECIMAL(12, 2), orders_target INTEGER);
