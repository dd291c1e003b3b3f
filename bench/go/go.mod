module hindcast/bench/go

go 1.19
