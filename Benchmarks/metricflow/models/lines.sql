select l.*, o.ordered_at, o.status, o.store_id, o.channel_id from main.order_lines l join main.orders o using (order_id)
