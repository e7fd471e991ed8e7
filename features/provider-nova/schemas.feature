@nova @api
Feature: Requests that do not fit
  Nova checks every body against a schema, and says which field is wrong in the words of Python's validator.

  Rule: A wrong body is refused, and nothing happens

    Scenario Outline: <action>
      Given Nadia has a server in the cloud
      When her program asks her cloud server for <action>
      Then the cloud answers 400 "<message>"
      And her cloud server is as it was

      Examples:
        | action                                       | message                                                                                                                                                             |
        | {"rescue":"none"}                            | Invalid input for field/attribute rescue. Value: none. 'none' is not of type 'object', 'null'                                                                        |
        | {"rescue":[]}                                | Invalid input for field/attribute rescue. Value: []. [] is not of type 'object', 'null'                                                                              |
        | {"rescue":{"adminPass":7}}                   | Invalid input for field/attribute adminPass. Value: 7. 7 is not of type 'string'                                                                                     |
        | {"rescue":{"rescue_image_ref":"stock"}}      | Invalid input for field/attribute rescue_image_ref. Value: stock. 'stock' is not a 'uuid'                                                                            |
        | {"rescue":{"password":"it's"}}               | Invalid input for field/attribute rescue. Value: {'password': \"it's\"}. Additional properties are not allowed ('password' was unexpected)                            |
        | {"rescue":{"adminPass":7,"more":1}}          | Invalid input for field/attribute adminPass. Value: 7. 7 is not of type 'string'                                                                                     |
        | {"reboot":{"type":"warm"}}                   | Invalid input for field/attribute type. Value: warm. 'warm' is not one of ['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft']                                           |
        | {"reboot":{}}                                | Invalid input for field/attribute reboot. Value: {}. 'type' is a required property                                                                                   |
        | {"reboot":null}                              | Invalid input for field/attribute reboot. Value: None. None is not of type 'object'                                                                                  |
        | {"changePassword":{}}                        | Invalid input for field/attribute changePassword. Value: {}. 'adminPass' is a required property                                                                      |
        | {"createImage":{"name":""}}                  | Invalid input for field/attribute name. Value: . '' is too short                                                                                                     |
        | {"createImage":{"name":" copy"}}             | An invalid 'name' value was provided. The name must be: printable characters. Can not start or end with whitespace.                                                   |
        | {"createImage":{"name":"a","metadata":{"é":"b"}}} | Invalid input for field/attribute metadata. Value: {'é': 'b'}. 'é' does not match any of the regexes: '^[a-zA-Z0-9-_:. ]{1,255}$'                                |
        | {"os-getVNCConsole":{"type":"vga"}}          | Invalid input for field/attribute type. Value: vga. 'vga' is not one of ['novnc', 'xvpvnc']                                                                          |
        | {"rebuild":{}}                               | Invalid input for field/attribute rebuild. Value: {}. 'imageRef' is a required property                                                                              |
        | {"save":null}                                | There is no such action: save                                                                                                                                        |
        | {"rescue":null,"unrescue":null}              | Malformed request body                                                                                                                                               |
        | {}                                           | Malformed request body                                                                                                                                               |

    Scenario Outline: A server with <field>
      Given Nadia has a server in the cloud
      When her program asks the cloud for POST /servers with {"server":{"name":"shop","imageRef":"{image}","flavorRef":"{flavor}",<field>}}
      Then the cloud answers 400 "<message>"

      Examples:
        | field                                    | message                                                                                                                                |
        | "name":""                                | Invalid input for field/attribute name. Value: . '' is too short                                                                        |
        | "imageRef":"x"                           | Invalid input for field/attribute imageRef. Value: x. 'x' is not valid under any of the given schemas                                   |
        | "min_count":0                            | Invalid input for field/attribute min_count. Value: 0. 0 is less than the minimum of 1                                                  |
        | "min_count":"two"                        | Invalid input for field/attribute min_count. Value: two. 'two' does not match '^[0-9]*$'                                                |
        | "user_data":"x"                          | Invalid input for field/attribute user_data. Value: x. 'x' is not a 'base64'                                                            |
        | "accessIPv4":"1.2.3"                     | Invalid input for field/attribute accessIPv4. Value: 1.2.3. '1.2.3' is not a 'ipv4'                                                     |
        | "networks":[{"fixed_ip":"x"}]            | Invalid input for field/attribute fixed_ip. Value: x. 'x' is not valid under any of the given schemas                                   |
        | "block_device_mapping_v2":[{"source_type":"tape"}] | Invalid input for field/attribute source_type. Value: tape. 'tape' is not one of ['volume', 'image', 'snapshot', 'blank']     |

    Scenario Outline: The body <body>
      Given Nadia has a server in the cloud
      When her program asks the cloud for POST /servers/{server}/action with <body>
      Then the cloud answers <status> "<message>"

      Examples:
        | body     | status | message                          |
        | {        | 400    | Malformed request body           |
        | null     | 404    | The resource could not be found. |
        | [1]      | 404    | The resource could not be found. |
        | 7        | 404    | The resource could not be found. |
        | "rescue" | 400    | Malformed request body           |

    Example: XML is not read any more
      Given Nadia has a server in the cloud
      When her program asks the cloud for POST /servers with the header "content-type: application/xml" and <server/>
      Then the cloud answers 415 "Unsupported Content-Type"

    Example: Another project in the path
      Given Nadia has a server in the cloud
      When her program asks the cloud for GET /00000000000000000000000000000000/servers
      Then the cloud answers 400 "Malformed request URL: URL's project_id '00000000000000000000000000000000' doesn't match Context's project_id '{project}'"

    Example: Under /v2 what is not known is passed over
      Given Nadia has a server in the cloud
      When her program asks the old API for {"rescue":{"adminPass":"Gift3d!","more":1}}
      Then the cloud answers 200

  Rule: A bad day of the cloud can be asked for

    Scenario Outline: <fault>
      Given this goes wrong at the cloud: <fault>:path=/compute/*
      When her program asks the cloud for GET /servers/{server}
      Then the cloud answers <status> "<message>"

      Examples:
        | fault     | status | message                                                      |
        | error-503 | 503    | Service is unavailable at this time, please try again later. |
        | error-429 | 429    | This request was rate-limited.                               |
