select * from main.orders
