select * from main.channels
