-- One question asked over and over, as a page does that many people have open.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"amount":5000,"from_currency":"USD","to_currency":"EUR"}'
