-- A different question each time: ten thousand amounts over six currency pairs, so that no answer can be kept.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local pairs = { { "USD", "EUR" }, { "EUR", "USD" }, { "GBP", "EUR" }, { "USD", "INR" }, { "EUR", "GBP" }, { "USD", "MXN" } }
local count = 0
function request()
  count = count + 1
  local pair = pairs[count % 6 + 1]
  return wrk.format(nil, nil, nil, string.format('{"amount":%d,"from_currency":"%s","to_currency":"%s"}', 500 + (count * 7919) % 10000, pair[1], pair[2]))
end
