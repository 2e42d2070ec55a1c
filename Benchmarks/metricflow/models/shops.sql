select s.*, g.region from main.stores s join main.regions g using (region_id)
