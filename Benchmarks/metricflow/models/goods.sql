select p.*, c.category from main.products p join main.categories c using (category_id)
