-- The same question by many users, each with a token of their own: one a line in the file that CAMBIST_TOKENS names.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"amount":5000,"from_currency":"USD","to_currency":"EUR"}'
local requests = {}
local count = 0
function init()
  for token in io.lines(os.getenv("CAMBIST_TOKENS")) do
    wrk.headers["Authorization"] = "Bearer " .. token
    requests[#requests + 1] = wrk.format()
  end
end
function request()
  count = count + 1
  return requests[count % #requests + 1]
end
