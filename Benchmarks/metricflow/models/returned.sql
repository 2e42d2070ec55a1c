select f.*, o.store_id, o.channel_id from main.refunds f join main.orders o using (order_id)
